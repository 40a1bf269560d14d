import net from 'node:net';

const ANSWER_TIMEOUT_MS = 1_000;
const METADATA = 3;
const METADATA_VERSION = 5;

/**
 * Whether the broker answers a Metadata request with itself in the list. Its port accepts connections a second
 * earlier, when clients still get errors.
 */
export function kafkaIsReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port, timeout: ANSWER_TIMEOUT_MS });
    const end = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    let answer = Buffer.alloc(0);
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
    socket.on('close', () => resolve(false));
    socket.on('connect', () => socket.write(metadataRequest()));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      // size, correlation id, throttle time, number of brokers
      if (answer.length >= 16) end(answer.readInt32BE(12) >= 1);
    });
  });
}

/** Size, header v1 (api key, version, correlation id, client id "r"), no topics, no auto-creation. */
function metadataRequest(): Buffer {
  const request = Buffer.alloc(20);
  let at = request.writeInt32BE(request.length - 4, 0);
  at = request.writeInt16BE(METADATA, at);
  at = request.writeInt16BE(METADATA_VERSION, at);
  at = request.writeInt32BE(1, at);
  at = request.writeInt16BE(1, at);
  at += request.write('r', at);
  at = request.writeInt32BE(0, at);
  request.writeInt8(0, at);
  return request;
}
