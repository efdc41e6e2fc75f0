/** The eight steps as the specification counts them. */

export interface Step {
  title: string;
  /** Who does it. */
  by: string;
  /** What it takes to get there. */
  hint: string;
}

export const steps: readonly Step[] = [
  { title: 'The visitor signs in', by: 'Site', hint: 'Be one of the people on the left, and sign in.' },
  {
    title: 'The site finds the Contact GUID',
    by: 'Site to CRM',
    hint: 'A look-up over Dataverse’s Web API.',
  },
  { title: 'The site builds and signs the JWT', by: 'Site', hint: 'RS256, with the contact’s GUID as sub.' },
  {
    title: 'The JWT reaches the browser',
    by: 'Site to bridge',
    hint: 'The bridge fetches it and keeps it in memory.',
  },
  { title: 'The visitor clicks engage', by: 'Visitor', hint: 'Click “Chat with us” on the left.' },
  {
    title: 'Live Assist calls the named method',
    by: 'Engagement to bridge',
    hint: 'authoriseChatWithCallback is answered with the token.',
  },
  {
    title: 'Live Assist asks the CRM',
    by: 'Live Assist to CRM',
    hint: 'For the contact, by its GUID, if the token is signed with the right key.',
  },
  { title: 'The agent accepts, the record pops', by: 'Agent', hint: 'Click “Accept” on the right.' },
];
