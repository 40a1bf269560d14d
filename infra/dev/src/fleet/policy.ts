import { readFileSync, writeFileSync } from 'node:fs';
import type { Ports } from './ports.js';

/**
 * Writes the policy of this machine's fleet: the committed one with the ports that were free today.
 *
 * @throws Error when the template names a port that does not exist
 */
export function writePolicy(template: string, target: string, ports: Ports): void {
  const policy = readFileSync(template, 'utf8').replace(/\$\{port\.(\w+)\}/g, (_whole, part: string) => {
    const port = ports[part as keyof Ports];
    if (port === undefined) throw new Error(`${template} names an unknown port: ${part}`);
    return String(port);
  });
  writeFileSync(target, policy);
}
