/** The test kit for Playwright. */
export { expect, test } from '@playwright/test';
