/**
 * The eight steps as the specification counts them.
 *
 * @module
 */

export interface JourneyStep {
  title: string;
  /** Who does it. */
  by: string;
  /** What performs the step: a call of the package, or somebody's own code. */
  call: string;
  /** Whether the token can be copied here. */
  hasToken?: boolean;
}

export const journeySteps: readonly JourneyStep[] = [
  { title: 'The visitor signs in', by: 'Site', call: 'Your site’s own sign-in' },
  {
    title: 'The site finds the contact',
    by: 'Site to CRM',
    call: 'createDataverseContacts().byEmail() of live-assist-bridge/server',
  },
  {
    title: 'The site signs the JWT',
    by: 'Site',
    call: 'createMinter() of live-assist-bridge/server',
    hasToken: true,
  },
  {
    title: 'The JWT reaches the browser',
    by: 'Site to bridge',
    call: 'createTokenHandler() of live-assist-bridge/server, fetched by the tag live-assist-bridge.umd.js',
    hasToken: true,
  },
  {
    title: 'The visitor clicks “chat”',
    by: 'Visitor',
    call: 'Live Assist’s own. In tests: engagement.start() of live-assist-bridge/testing/playwright',
  },
  {
    title: 'Live Assist calls the bridge',
    by: 'Live Assist to bridge',
    call: 'window.authoriseChatWithCallback(), defined by the tag or createBridge()',
    hasToken: true,
  },
  {
    title: 'Live Assist verifies the token',
    by: 'Live Assist to CRM',
    call: 'Live Assist’s own. To check beforehand: npx live-assist-bridge diagnose',
  },
  {
    title: 'The agent sees the record',
    by: 'Agent',
    call: 'Live Assist’s own',
  },
];
