import { useDesk } from '../desk.js';
import { useTexts } from '../language.js';
import { useSending } from '../use-sending.js';
import { SendingSwitch } from './sending-switch.js';

const DELIVERED = ['delivered', 'received', 'under_review', 'actioned', 'rejected', 'needs_info', 'disputed'];
const ANSWERED = DELIVERED.slice(1);

/** How the fleet stands, and the switch that stops all sending. */
export function StatusLine() {
  return (
    <section class="status-line" aria-label={useTexts().figures}>
      <Figures />
      <SendingSwitch {...useSending()} />
    </section>
  );
}

function Figures() {
  const t = useTexts();
  const { summary } = useDesk();
  const notices = (states: readonly string[]) =>
    summary && states.reduce((total, state) => total + (summary.notices.byState[state] ?? 0), 0);
  return (
    <dl class="figures">
      <Figure name={t.flags} value={summary?.flags.total} />
      <Figure name={t.campaigns} value={summary?.campaigns} />
      <Figure name={t.delivered} value={notices(DELIVERED)} />
      <Figure name={t.answered} value={notices(ANSWERED)} />
      <Figure name={t.overdue} value={summary?.notices.overdue} alarm={(summary?.notices.overdue ?? 0) > 0} />
    </dl>
  );
}

function Figure({ name, value, alarm }: { name: string; value: number | undefined; alarm?: boolean }) {
  return (
    <div class={alarm ? 'alarm' : ''}>
      <dt>{name}</dt>
      <dd>{value?.toLocaleString() ?? '–'}</dd>
    </div>
  );
}
