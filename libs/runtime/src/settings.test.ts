import { describe, expect, it } from '@jest/globals';
import Type from 'typebox';
import { SettingsError } from './errors.js';
import { readSettings } from './settings.js';

const Settings = Type.Object({
  BROKERS: Type.String({ minLength: 3, description: 'host:port' }),
  PORT: Type.Integer({ minimum: 1, maximum: 65535, default: 3000 }),
  VERBOSE: Type.Boolean({ default: false }),
  FOLDER: Type.Optional(Type.String()),
});

describe('readSettings', () => {
  it('reads numbers and booleans from text, and takes defaults for what is unset or empty', () => {
    expect(readSettings(Settings, { BROKERS: 'a:1', PORT: '', VERBOSE: 'true', OTHER: 'x' })).toEqual({
      BROKERS: 'a:1',
      PORT: 3000,
      VERBOSE: true,
    });
  });

  it('reports all faults together, with what the variable is for', () => {
    const read = () => readSettings(Settings, { PORT: '99999', VERBOSE: 'perhaps' });
    expect(read).toThrow(SettingsError);
    try {
      read();
    } catch (error) {
      const { faults } = error as SettingsError;
      expect(faults).toHaveLength(3);
      expect(faults[0]).toBe('BROKERS is not set (host:port)');
      expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['BROKERS', 'PORT', 'VERBOSE']);
    }
  });
});
