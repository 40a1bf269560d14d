import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { createTransport, type SendMailOptions } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SendResult } from './send-result.js';

export interface Dkim {
  readonly domain: string;
  readonly selector: string;
  /** Of RSA, as PEM. */
  readonly privateKey: string;
}

export interface ComposedMail {
  readonly message: Buffer;
  readonly envelope: { readonly from: string | false; readonly to: string[] };
}

/** Writes a mail as it travels, signed where there is a key; it reads no file and no address to do so. */
export async function composeMail(mail: SendMailOptions, dkim?: Dkim): Promise<ComposedMail> {
  const composer = createTransport({
    ...{ streamTransport: true, buffer: true, newline: 'windows', disableFileAccess: true, disableUrlAccess: true },
    ...(dkim ? { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } } : {}),
  });
  const { message, envelope } = await composer.sendMail(mail);
  return { message: message as Buffer, envelope };
}

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, else STARTTLS. */
  readonly secure: boolean;
  /** False lets a mail leave in the clear where the server offers nothing else. */
  readonly requireTls: boolean;
  /** As which we greet it. */
  readonly name: string;
  readonly login?: { readonly user: string; readonly password: string };
}

/** Bounds what a server may say to us. */
const MAX_RESPONSE_BYTES = 16_384;
const ERROR_CHARACTERS = 200;

/**
 * Hands a mail over. Until the server asks for the message itself it surely does not have it; from then on only its own
 * answer tells.
 *
 * @param socket connected, and destroyed in the end
 * @param timeoutMs for all of it
 */
export async function handOver(
  socket: Socket,
  server: MailServer,
  { message, envelope }: ComposedMail,
  timeoutMs: number,
): Promise<SendResult> {
  let begun = false;
  const body = Readable.from(
    (function* () {
      begun = true;
      yield message;
    })(),
  );
  const { host, port, secure, requireTls, name, login } = server;
  const smtp = new SMTPConnection({
    ...{ connection: socket, host, port, secure, name, requireTLS: requireTls && !secure },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    ...{ socketCloseTimeout: 0, maxResponseSize: MAX_RESPONSE_BYTES },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SendResult>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not done within ${timeoutMs / 1000} s`)), timeoutMs);
      smtp.on('error', reject);
      smtp.once('end', () => reject(new Error('hung up')));
      const orFail =
        <T>(next: (value: T) => void) =>
        (error: unknown, value?: T) =>
          error ? reject(error as Error) : next(value as T);
      const send = () =>
        smtp.send(
          { from: envelope.from || '', to: envelope.to },
          body,
          orFail(({ accepted, rejected }) => {
            const refused = rejected.length > 0 ? `, ${rejected.length} of ${envelope.to.length} refused` : '';
            resolve({ kind: 'delivered', note: `mail to ${accepted.length}${refused}` });
          }),
        );
      smtp.connect(
        orFail(() =>
          login ? smtp.login({ credentials: { user: login.user, pass: login.password } }, orFail(send)) : send(),
        ),
      );
    });
  } catch (error) {
    return resultOf(error as SmtpError, begun);
  } finally {
    clearTimeout(timer);
    smtp.close();
    socket.destroy();
  }
}

type SmtpError = Error & { responseCode?: number; rejectedErrors?: readonly SmtpError[] };

function resultOf(failure: SmtpError, begun: boolean): SendResult {
  // Of several recipients, one who may be reached later is enough to try again.
  const later = failure.rejectedErrors?.find(({ responseCode }) => isPassing(responseCode));
  const { message, responseCode } = later ?? failure;
  const error = inOneLine(message);
  if (responseCode === undefined) return { kind: begun ? 'uncertain' : 'retry', error };
  return { kind: isPassing(responseCode) ? 'retry' : 'failed', error };
}

const isPassing = (code: number | undefined): boolean => code !== undefined && code < 500;

/** A server may quote the mail in its refusal, and the one-time link with it: that is for nobody's eyes. */
const inOneLine = (message: string): string =>
  message
    .replace(/https?:\S+/gi, '(link)')
    .replace(/\s+/g, ' ')
    .slice(0, ERROR_CHARACTERS);
