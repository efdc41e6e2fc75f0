import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { LiveAssistTestOptions } from 'live-assist-bridge/testing/playwright';

export default defineConfig<LiveAssistTestOptions>({
  testDir: './tests',
  use: {
    launchOptions: JSON.parse(readFileSync(join(__dirname, 'launch-options.json'), 'utf8')),
    liveAssist: { tokenEndpoint: '/token' },
  },
});
