import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** How the next mail is met: refused at its recipient or after the message, with a code; or taken and the connection cut. */
type Mood = { readonly at: 'recipient' | 'message'; readonly code: number; readonly text?: string } | 'cut';

export interface ReceivedMail {
  readonly raw: string;
  readonly mail: ParsedMail;
  readonly recipients: readonly string[];
}

export const LOGIN = { user: 'siaga', password: 'sandi-uji' };

/** A real mail server (npm's smtp-server) that keeps what it takes, and asks for a password. */
export async function startMailServer({ startTls = false } = {}) {
  const mails: ReceivedMail[] = [];
  const moods: Mood[] = [];
  const sockets = new Set<Socket>();
  const failWith = (code: number, text = 'tidak bisa') => Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    ...{ hideSTARTTLS: !startTls, allowInsecureAuth: true, logger: false },
    onAuth({ username, password }, _session, callback) {
      if (username === LOGIN.user && password === LOGIN.password) callback(null, { user: username });
      else callback(failWith(535));
    },
    onRcptTo(_address, _session, callback) {
      const [mood] = moods;
      if (mood === undefined || mood === 'cut' || mood.at !== 'recipient') return callback();
      moods.shift();
      callback(failWith(mood.code, mood.text));
    },
    onData(stream, session, callback) {
      buffer(stream).then(async (bytes) => {
        const mood = moods.shift();
        if (mood !== undefined && mood !== 'cut') return callback(failWith(mood.code, mood.text));
        mails.push({
          raw: bytes.toString('utf8'),
          mail: await simpleParser(bytes),
          recipients: session.envelope.rcptTo.map(({ address }) => address),
        });
        if (mood === 'cut') for (const socket of sockets) socket.destroy();
        else callback();
      }, callback);
    },
  });
  // Connections that are cut are no errors here.
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    /** How the next ones are met, before mail is taken again. */
    moods,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
