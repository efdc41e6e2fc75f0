/** The columns of Dataverse's contact table that this CRM keeps. */
export const columns = {
  contactid: 'guid',
  firstname: 'text',
  lastname: 'text',
  fullname: 'text',
  emailaddress1: 'text',
  telephone1: 'text',
  jobtitle: 'text',
  address1_line1: 'text',
  address1_city: 'text',
  address1_country: 'text',
  description: 'text',
  externaluseridentifier: 'text',
  createdon: 'text',
  statecode: 'number',
} as const satisfies Record<string, 'guid' | 'text' | 'number'>;

export type Column = keyof typeof columns;
export type ContactRow = Record<Column, string | number | null>;

export const isColumn = (name: string): name is Column => Object.hasOwn(columns, name);
