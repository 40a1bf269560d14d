import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { announceFlags, insertCampaign, insertFlag } from '@siaga/storage';
import { aFlag, until, useDatabase, useServices } from '@siaga/testkit';

const database = useDatabase();
const services = useServices();

async function start() {
  const service = await services.start('feed', {
    SIAGA_DATABASE_URL: database.url,
    SIAGA_FEED_PORT: '0',
    SIAGA_FEED_ANONYMOUS: 'viewer',
  });
  const line = await until('it serves', () => service.logs.find((text) => text.includes('serving the feed')));
  return { service, base: (JSON.parse(line) as { address: string }).address };
}

describe('the feed service', () => {
  it('serves, streams what is recorded at once, counts it, and ends its streams when asked to stop', async () => {
    const { service, base } = await start();
    const stream = await fetch(`${base}/v1/stream`);
    let received = '';
    const ended = (async () => {
      for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) received += chunk;
    })();
    await until('the stream is live', () => received.includes('event: ready'));

    const campaignId = randomUUID();
    const flag = aFlag();
    await insertCampaign(database.db, { campaignId, category: 'hate', signature: [1], bands: [1] });
    await database.db.transaction(async (tx) => {
      await insertFlag(tx, flag, { campaignId, reported: false });
      await announceFlags(tx);
    });
    await until('the flag', () => received.includes(flag.flagId));

    const metrics = await (await fetch(`${service.opsUrl}/metrics`)).text();
    expect(metrics).toContain('siaga_feed_stream_clients 1');
    expect(metrics).toContain('siaga_feed_events_sent_total{event="flag"} 1');
    expect(await service.stop()).toBe(0);
    await ended;
  });

  it('ends with 78 when its settings cannot be used', async () => {
    await expect(services.start('feed', { SIAGA_FEED_PORT: 'seventy' })).rejects.toThrow('ended with 78');
  });
});
