/**
 * Who can sign in on the site.
 *
 * @module
 */

export interface Account {
  email: string;
  password: string;
  name: string;
  firstName: string;
  plan: string;
  nextBill: string;
  /** The button's hint about what this person shows. */
  hint: string;
}

/** Their e-mail addresses count as verified: the site looks their contacts up by them. */
export const accounts: readonly Account[] = [
  {
    email: 'maya@example.com',
    password: 'willow-14',
    name: 'Maya Okafor',
    firstName: 'Maya',
    plan: 'Green Fixed',
    nextBill: '£84.20 on 3 June',
    hint: 'is in the CRM',
  },
  {
    email: 'zoe@example.com',
    password: 'cello-88',
    name: 'Zoë Łukasiewicz',
    firstName: 'Zoë',
    plan: 'Solar Return',
    nextBill: '£12.75 on 9 June',
    hint: 'is in the CRM',
  },
  {
    email: "p.o'brien@example.com",
    password: 'bread-03',
    name: "Patrick O'Brien",
    firstName: 'Patrick',
    plan: 'Night Owl',
    nextBill: '£231.60 on 1 June',
    hint: 'is in the CRM',
  },
  {
    email: 'tom@example.com',
    password: 'meter-70',
    name: 'Tom Becker',
    firstName: 'Tom',
    plan: 'Simple',
    nextBill: '£61.05 on 12 June',
    hint: 'is not in the CRM',
  },
];

/** The account to which both belong. */
export const findAccount = (email: string, password: string): Account | undefined =>
  accounts.find((account) => account.email === email.trim().toLowerCase() && account.password === password);
