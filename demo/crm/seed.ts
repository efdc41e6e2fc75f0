/**
 * The contacts that the CRM starts with. Tom Becker, who can sign in on the site, is not among them.
 *
 * @module
 */
import type { ContactRow } from './columns.js';

type Seed = Partial<ContactRow> & { contactid: string; firstname: string; lastname: string };

export const seed: Seed[] = [
  {
    contactid: '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01',
    firstname: 'Maya',
    lastname: 'Okafor',
    emailaddress1: 'maya@example.com',
    telephone1: '+44 20 7946 0142',
    jobtitle: 'Architect',
    address1_line1: '14 Willow Lane',
    address1_city: 'Bristol',
    address1_country: 'United Kingdom',
    description: 'Moved to Green Fixed in March. Asked about a second meter for the studio.',
    externaluseridentifier: 'LF-20417',
    createdon: '2021-04-19T09:12:00Z',
  },
  {
    contactid: 'c3a8e0d4-1b6f-4f27-8e59-93d0b4a5c702',
    firstname: 'Zoë',
    lastname: 'Łukasiewicz',
    emailaddress1: 'zoe@example.com',
    telephone1: '+48 22 555 01 63',
    jobtitle: 'Cellist',
    address1_line1: 'ul. Żelazna 8',
    address1_city: 'Łódź',
    address1_country: 'Poland',
    description: 'Prefers to be called after four. Solar panels since last summer.',
    externaluseridentifier: 'LF-31180',
    createdon: '2023-09-02T14:40:00Z',
  },
  {
    contactid: '0b7d2f68-95c4-4e1d-a3f7-6c18e9b2d403',
    firstname: 'Patrick',
    lastname: "O'Brien",
    emailaddress1: "p.o'brien@example.com",
    telephone1: '+353 1 555 0187',
    jobtitle: 'Baker',
    address1_line1: '3 Harbour Street',
    address1_city: 'Cork',
    address1_country: 'Ireland',
    description: 'Runs the ovens at night: on the off-peak tariff.',
    externaluseridentifier: 'LF-10936',
    createdon: '2019-11-28T08:05:00Z',
  },
  {
    contactid: 'e91f4c07-3a5d-4d96-b280-57f3c6a8e104',
    firstname: 'Maya',
    lastname: 'Okafor',
    emailaddress1: 'maya@example.com',
    description: 'Duplicate of an import, deactivated.',
    createdon: '2020-01-15T00:00:00Z',
    statecode: 1,
  },
  {
    contactid: '7a64b1e3-c8f2-4035-9d1e-2b90f5d7a605',
    firstname: 'Inês',
    lastname: 'Duarte',
    emailaddress1: 'ines@example.com',
    telephone1: '+351 21 555 0119',
    jobtitle: 'Marine biologist',
    address1_line1: 'Rua da Praia 52',
    address1_city: 'Porto',
    address1_country: 'Portugal',
    externaluseridentifier: 'LF-27754',
    createdon: '2022-06-30T11:21:00Z',
  },
];
