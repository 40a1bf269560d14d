import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This file runs from models/train and, built, from models/train/dist/train. */
const MODELS = fileURLToPath(new URL(import.meta.url.includes('/train/dist/') ? '../../..' : '..', import.meta.url));

/** The shipped artefact. */
export const MODEL_DIR: string = join(MODELS, 'artefacts/siaga-text');
/** The shipped matcher of claims. */
export const CLAIMS_DIR: string = join(MODELS, 'artefacts/siaga-claims');
/** Hand-written functional checks. */
export const CHECKS_DIR: string = join(MODELS, 'checks');
/** The data folder, beside the repository unless --data says otherwise. */
export const DATA_DIR: string = join(MODELS, '../../shared/data');
