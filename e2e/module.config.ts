/**
 * Runs the bridge's tests in Chromium with the module instead of the tag's file.
 *
 * @module
 */
import { defineConfig } from '@playwright/test';
import config from './playwright.config.js';

// Workers load this file again.
process.env.ENTRY = 'module';

export default defineConfig(config, {
  testDir: './bridge',
  // These load the tag's file themselves.
  testIgnore: [
    'all-globals',
    'back-forward-cache',
    'closed-pages',
    'copies',
    'guest-recipe',
    'libraries',
    'loaders',
    'messaging*',
    'method*',
    'tabs*',
    'tag*',
  ].map((name) => `**/${name}.spec.ts`),
});
