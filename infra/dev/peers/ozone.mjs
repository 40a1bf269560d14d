// A real Ozone, the moderation service of Bluesky, with the PDS and the PLC that it needs, in one process; there is no AppView, which
// would need Redis. Runs under Node 22 in a folder where @atproto/dev-env is installed, over the PostgreSQL of DB_POSTGRES_URL.
// Sends its parent a message, with the service's DID and a moderator's account, when it is up.
import { Secp256k1Keypair } from '@atproto/crypto';
import { mockNetworkUtilities, TestOzone, TestPds, TestPlc } from '@atproto/dev-env';
import { Client, didForCreateOp, signOperation } from '@did-plc/lib';

const { PDS_PORT, PLC_PORT, OZONE_PORT, DB_POSTGRES_URL } = process.env;
const plc = await TestPlc.create({ port: Number(PLC_PORT) });
const signingKey = await Secp256k1Keypair.create({ exportable: true });
const serverDid = await registerLabeler(`http://localhost:${OZONE_PORT}`);
const pds = await TestPds.create({
  ...{ port: Number(PDS_PORT), hostname: 'localhost', enableDidDocWithSession: true, didPlcUrl: plc.url },
  ...{ modServiceUrl: `http://localhost:${OZONE_PORT}`, modServiceDid: serverDid },
});
mockNetworkUtilities(pds);
const nowhere = { appviewUrl: 'http://localhost:1', appviewDid: 'did:example:nobody' };
const ozone = await TestOzone.create({
  ...{ port: Number(OZONE_PORT), plcUrl: plc.url, signingKey, serverDid, ...nowhere, appviewPushEvents: false },
  ...{ dbPostgresUrl: DB_POSTGRES_URL, dbPostgresSchema: 'ozone' },
  ...{ pdsUrl: pds.url, pdsDid: pds.ctx.cfg.service.did },
});
const moderator = { handle: 'moderator.test', email: 'moderator@example.test', password: 'hunter22' };
const agent = pds.getAgent();
await agent.createAccount(moderator);
await ozone.addModeratorDid(agent.assertDid);
process.send?.({ labeler: serverDid, moderator });
console.log(`up at ${pds.url}, ${serverDid}`);

process.on('disconnect', () => process.exit());
process.on('SIGTERM', async () => {
  await ozone.close().catch(() => undefined);
  await Promise.allSettled([pds.close(), plc.close()]);
  process.exit();
});

/** A DID whose document says where reports go. */
async function registerLabeler(endpoint) {
  const operation = await signOperation(
    {
      type: 'plc_operation',
      alsoKnownAs: [],
      rotationKeys: [signingKey.did()],
      verificationMethods: { atproto_label: signingKey.did() },
      services: { atproto_labeler: { type: 'AtprotoLabeler', endpoint } },
      prev: null,
    },
    signingKey,
  );
  const did = await didForCreateOp(operation);
  await new Client(plc.url).sendOperation(did, operation);
  return did;
}
