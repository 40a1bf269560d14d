import type { AlertSeries } from '../../charts/chart-schemas.js';
import { useDesk } from '../desk.js';
import { useTextsOf } from '../language.js';
import { loadChart } from '../load.js';
import { WALL } from '../texts/wall.js';
import { usePolled } from '../use-polled.js';
import { useSending } from '../use-sending.js';

/** How the fleet stands, in four figures. */
export function WallFigures() {
  const t = useTextsOf(WALL);
  const alerts = usePolled(loadChart.alerts);
  const overdue = useDesk().summary?.notices.overdue;
  const { sending } = useSending();
  return (
    <dl class="wall-figures">
      <Figure name={t.thisHour} value={inHour(alerts, -1)?.toLocaleString()} />
      <Figure name={t.lastHour} value={inHour(alerts, -2)?.toLocaleString()} />
      <Figure name={t.overdue} value={overdue?.toLocaleString()} alarm={(overdue ?? 0) > 0} />
      <Figure
        name={t.sending}
        value={sending && (sending.stopped ? t.sendingOff : t.sendingOn)}
        beside={sending && t.waiting(sending.waiting)}
        alarm={sending?.stopped === true}
      />
    </dl>
  );
}

function Figure(props: { name: string; value: string | undefined; beside?: string | undefined; alarm?: boolean }) {
  const { name, value, beside, alarm } = props;
  return (
    <div class={alarm ? 'alarm' : ''}>
      <dt>
        {name} {beside !== undefined && <small>{beside}</small>}
      </dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}

/** @param at counted from the end: -1 is the hour that lasts */
function inHour(alerts: AlertSeries | undefined, at: number): number | undefined {
  return alerts?.series.reduce((total, one) => total + (one.alerts.at(at) ?? 0), 0);
}
