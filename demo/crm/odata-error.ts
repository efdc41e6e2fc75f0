/** A request that Dataverse would refuse, with the status and the shape of its answer. */
export class ODataError extends Error {
  override name = 'ODataError';

  constructor(
    readonly status: 400 | 404,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const badRequest = (message: string) => new ODataError(400, '0x80060888', message);

export const unknownColumn = (name: string) =>
  badRequest(`Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.contact'.`);

export const noSuchContact = (id: string) =>
  new ODataError(404, '0x80040217', `Entity 'contact' With Id = ${id} Does Not Exist`);
