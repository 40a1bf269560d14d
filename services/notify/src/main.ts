import { runService } from '@siaga/runtime';
import { Settings } from './settings.js';
import { start } from './start.js';

await runService({ name: 'notify', settings: Settings, start });
