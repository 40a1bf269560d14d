import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installedPackages } from './licences/installed-packages.js';
import { renderLicences } from './licences/render-licences.js';

const root = path.resolve(import.meta.dirname, '../../..');
const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
writeFileSync(path.join(root, 'docs', 'licences.md'), renderLicences(installedPackages(lock)));
