import { runService } from '@siaga/runtime';
import { Settings } from './settings.js';
import { start } from './start.js';

await runService({ name: 'classify', settings: Settings, start });
