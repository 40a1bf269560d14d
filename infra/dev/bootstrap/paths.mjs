import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');
/** All state of this checkout; git-ignored. */
export const stateFolder = path.join(root, '.siaga');

export const inRoot = (...parts) => path.join(root, ...parts);
export const inState = (...parts) => path.join(stateFolder, ...parts);
