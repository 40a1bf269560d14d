import { useTexts } from '../language.js';
import { useLiveStatus } from '../live.js';

export function ReconnectingBanner() {
  const t = useTexts();
  if (useLiveStatus() !== 'reconnecting') return null;
  return (
    <p class="banner reconnecting" role="alert">
      {t.reconnecting}
    </p>
  );
}
