import { setMaxListeners } from 'node:events';
import { createLogger, readSecrets, readSettings } from '@siaga/runtime';
import { Webhook } from 'standardwebhooks';
import Type from 'typebox';
import { answerNotice } from './answer-loop.js';
import { createNoticeBook, type Notice } from './notice-book.js';
import { moodIn } from './mood.js';
import { openNoticeFile } from './notice-file.js';
import { createPlatform } from './server.js';

const Settings = Type.Object({
  SIAGA_PLATFORM_PORT: Type.Integer({ minimum: 0, maximum: 65535, description: 'port that notices come in on' }),
  SIAGA_PLATFORM_FILE: Type.String({ minLength: 1, description: 'file that remembers the notices' }),
  SIAGA_PLATFORM_THINK_MS: Type.Integer({
    minimum: 0,
    default: 700,
    description: 'time between receiving and deciding',
  }),
  SIAGA_PLATFORM_MOOD_FILE: Type.Optional(
    Type.String({
      description: 'JSON file that says how unwell the platform is, read at each notice: for npm run chaos',
    }),
  ),
  SIAGA_SECRETS_FILE: Type.String({ minLength: 1, description: 'JSON file with "demo-webhook" and "demo-answer"' }),
});

const settings = readSettings(Settings, process.env);
const secrets = readSecrets(settings.SIAGA_SECRETS_FILE);
const log = createLogger('platform');
const file = openNoticeFile(settings.SIAGA_PLATFORM_FILE);
const book = createNoticeBook(file);
const stopping = new AbortController();
setMaxListeners(0, stopping.signal); // one per notice on which somebody is thinking
const answering = { book, webhook: new Webhook(secrets.get('demo-answer')), log, signal: stopping.signal };
const onNotice = (notice: Notice) =>
  void answerNotice(notice, { ...answering, thinkMs: settings.SIAGA_PLATFORM_THINK_MS });

const platform = createPlatform({
  webhook: new Webhook(secrets.get('demo-webhook')),
  mood: moodIn(settings.SIAGA_PLATFORM_MOOD_FILE),
  ...{ book, onNotice },
});
await platform.listen({ host: '127.0.0.1', port: settings.SIAGA_PLATFORM_PORT });
// What it had not answered when it was killed.
book.open().forEach(onNotice);
log.info({ port: settings.SIAGA_PLATFORM_PORT }, 'started');

const stop = async () => {
  stopping.abort();
  await platform.close();
  file.close();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);
process.channel?.unref();
