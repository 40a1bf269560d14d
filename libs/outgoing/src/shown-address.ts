import { webAddress } from './html.js';

/**
 * A post's address as a person should see it. A host with letters that are not ASCII may look like another one: it is shown as
 * the network knows it (`xn--...`), with a mark; what leads there is the same.
 */
export function shownAddress(address: string): string {
  const href = webAddress(address);
  const labels = href === undefined ? [] : new URL(href).hostname.split('.');
  return labels.some((label) => label.startsWith('xn--')) ? `${href} ⚠` : address;
}
