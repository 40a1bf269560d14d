/**
 * Names of Indonesian politicians, parties and state bodies that stand in public debate. Posts about them in hostile years made their
 * bare names read as hate (a third of neutral election tweets were flagged); a model sees one token for all of them instead. The list is
 * general knowledge and only removes information: a name that is missing is an ordinary word. First names that are common words are
 * left out, and so are mocking nicknames, which are not neutral.
 */
const POLITICIANS =
  'jokowi jokowidodo widodo jkw prabowo subianto ahok basuki btp djarot anies anis baswedan sandi sandiaga sandiuno ganjar pranowo gibran ' +
  'rakabuming mahfud mahfudmd muhaimin iskandar ahy agus yudhoyono sylvi sylviana sby megawati soekarnoputri sukarnoputri maharani kaesang ' +
  'luhut binsar pandjaitan amien rais fadli fadlizon fahri hamzah rocky gerung rizieq ridwan khofifah risma tgb kalla maruf wiranto tito ' +
  'karnavian moeldoko setnov novanto tanoe tanoesoedibjo ratna sarumpaet ruhut ngabalin sudirman mizwar rahmayadi thohir zulkifli zulhas ' +
  'airlangga hartarto soeharto suharto soekarno sukarno habibie gusdur wahid jokowiamin prabowosandi ahokdjarot aniessandi aniesmuhaimin ' +
  'ganjarmahfud ganjarmahfudmd prabowogibran jokowimaruf dedi mulyadi bahlil lahadalia teddy purbaya yandri nadiem makarim';

const PARTIES =
  'pdip pdi golkar gerindra pks pkb ppp pan psi nasdem hanura perindo demokrat gelora projo kpu bawaslu kpk polri tni dpr mpr dpd dprd mahkamah';

const STAND_INS = new Map<string, string>([
  ...POLITICIANS.split(' ').map((name) => [name, '<politician>'] as const),
  ...PARTIES.split(' ').map((name) => [name, '<party>'] as const),
]);

/** `<politician>` or `<party>` for a normalised token that is a known name, else the token itself. */
export const withoutName = (token: string): string => STAND_INS.get(token) ?? token;
