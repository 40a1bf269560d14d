import { useSending } from '../use-sending.js';
import { SendingSwitch } from './sending-switch.js';

export function SendingLine() {
  return <SendingSwitch {...useSending()} />;
}
