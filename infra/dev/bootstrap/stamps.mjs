import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Fault } from './fault.mjs';
import { inState, stateFolder } from './paths.mjs';

const file = inState('setup.json');

function stamps() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** @returns whether this step was done for exactly this state of its inputs */
export const isStamped = (step, fingerprint) => stamps()[step] === fingerprint;

export function stamp(step, fingerprint) {
  try {
    mkdirSync(stateFolder, { recursive: true });
    // Renamed into place: a reader never sees half a file, and a killed set-up leaves the old one.
    const scratch = `${file}.${process.pid}`;
    writeFileSync(scratch, `${JSON.stringify({ ...stamps(), [step]: fingerprint }, null, 1)}\n`);
    renameSync(scratch, file);
  } catch (error) {
    throw new Fault(
      `${stateFolder} cannot be written (${error.code}): give it to the user who runs siaga, or remove it`,
    );
  }
}
