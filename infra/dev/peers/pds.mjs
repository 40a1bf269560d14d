// A real Bluesky PDS and its PLC in one process, without a database. Runs under Node 22 in a folder where
// @atproto/dev-env is installed; prints its address when it is up.
import { TestNetworkNoAppView } from '@atproto/dev-env';

const port = Number(process.env.PDS_PORT);
const network = await TestNetworkNoAppView.create({
  pds: { port, hostname: 'localhost', enableDidDocWithSession: true },
  plc: { port: Number(process.env.PLC_PORT) },
});
console.log(`up at http://localhost:${port}`);
process.on('disconnect', () => process.exit());
process.on('SIGTERM', async () => {
  await network.close().catch(() => undefined);
  process.exit();
});
