/**
 * A stand-in for Live Assist: engagement window, service, agent's desk, configuration and the journey of a visitor.
 *
 * @module
 */
export { type ActorOptions, createActor, type PageFiles } from './actor.js';
export { createLiveAssist, type StandInOptions } from './app.js';
export { type Changes, createChanges } from './changes.js';
export {
  type Configuration,
  type ConfigurationStore,
  openConfiguration,
} from './configuration/configuration.js';
export { describeClaims } from './describe-claims.js';
export { createJourney, type Journey, type StepReport } from './journey.js';
export { liveEvents } from './live-events.js';
export { IDENTITY, identityStep, nameOfStep } from './messaging/identity-step.js';
export { pageNames } from './page-names.js';
export { isOpenToAll, requireKey, withKey } from './require-key.js';
export { standInAccount } from './service/account-routes.js';
export type { ContactLookupOptions } from './service/contact-lookup.js';
export { type JourneyStep, journeySteps } from './steps.js';
export { writeWholeFile } from './write-file.js';
