import type { Summary } from '../../routes/summary.js';
import { useTexts } from '../language.js';

/** One of the platforms that there are flags of, or all; one that the address asks for is among them in any case. */
export function PlatformSelect(props: {
  value: string;
  summary: Summary | undefined;
  onChange: (platform: string) => void;
}) {
  const { value, summary, onChange } = props;
  const t = useTexts();
  const platforms = new Set([...Object.keys(summary?.flags.byPlatform ?? {}), value].filter(Boolean));
  return (
    <select aria-label={t.platform} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{t.allPlatforms}</option>
      {[...platforms].sort().map((platform) => (
        <option key={platform} value={platform}>
          {platform}
        </option>
      ))}
    </select>
  );
}
