/** BM25 over words, the baseline: k1 = 1.5, b = 0.75, each word of the query once; better here than k1 = 1.2 and than counting repeats. */
const K1 = 1.5;
const B = 0.75;

/** @returns the score of every document for a query */
export function createBm25(documents: readonly (readonly string[])[]): (query: readonly string[]) => Float64Array {
  const postings = new Map<string, { document: number; count: number }[]>();
  documents.forEach((words, document) => {
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, count] of counts) {
      const list = postings.get(word);
      if (list === undefined) postings.set(word, [{ document, count }]);
      else list.push({ document, count });
    }
  });
  const n = documents.length;
  const usual = documents.reduce((sum, { length }) => sum + length, 0) / n;
  return (query) => {
    const scores = new Float64Array(n);
    for (const word of new Set(query)) {
      const list = postings.get(word) ?? [];
      const idf = Math.log1p((n - list.length + 0.5) / (list.length + 0.5));
      for (const { document, count } of list) {
        const length = (documents[document] as readonly string[]).length;
        scores[document]! += (idf * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / usual));
      }
    }
    return scores;
  };
}
