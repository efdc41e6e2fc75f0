/**
 * The engagement as a plain script for other test tools. It defines the global function `startEngagement` and watches
 * the page's scripts from then on.
 *
 * @module
 */
import { watchScripts } from './page/watch-scripts.js';

export { startEngagement } from './engagement.js';

watchScripts();
