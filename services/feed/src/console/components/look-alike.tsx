import { useTexts } from '../language.js';

/** Marks an address whose letters may pass for those of another. */
export function LookAlike() {
  const { lookAlike } = useTexts();
  return (
    <span role="img" aria-label={lookAlike} title={lookAlike}>
      ⚠{' '}
    </span>
  );
}
