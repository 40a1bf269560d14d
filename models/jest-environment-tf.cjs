/**
 * Jest runs tests in a realm of their own, whose Float32Array is not the one that TF.js's native code and its `instanceof` checks know.
 * This environment shares the outer realm's typed arrays. Use: a `@jest-environment` docblock in tests that load TF.js.
 */
const { TestEnvironment } = require('jest-environment-node');

const SHARED = ['Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array', 'Uint8ClampedArray', 'ArrayBuffer'];

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of SHARED) this.global[name] = globalThis[name];
  }
};
