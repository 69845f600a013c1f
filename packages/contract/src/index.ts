export {
  type ClientOperationName,
  type ClientOperations,
  clientOperations,
} from './client/index.ts';
export { type Contact, contact, exampleContact, examplePulledContact } from './contact.ts';
export { type ErrorCode, errors } from './errors.ts';
export { API_VERSION, commonHeaders, type ResponseHeader, responseHeaders } from './headers.ts';
export {
  exampleLead,
  type LeadAnswer,
  leadAnswer,
  leadHeaders,
  leadRequest,
} from './intake/lead.ts';
export { type IntakeReason, intakeReasons } from './intake/reasons.ts';
export {
  type LoadCollection,
  type LoadDocument,
  type LoadRecord,
  loadCollections,
  loadSchema,
} from './load.ts';
export { exampleError, openapi } from './openapi.ts';
export { commonErrors, type Operation } from './operation.ts';
