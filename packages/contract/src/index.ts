export {
  type ClientOperationName,
  type ClientOperations,
  clientOperations,
} from './client/index.ts';
export { type Contact, contact, exampleContact, examplePulledContact } from './contact.ts';
export { type ErrorCode, errors } from './errors.ts';
export { API_VERSION, commonHeaders, type ResponseHeader, responseHeaders } from './headers.ts';
export { exampleLead, type LeadAnswer, leadAnswer, leadRequest } from './intake/lead.ts';
export { type IntakeReason, intakeReasons } from './intake/reasons.ts';
export { limits, sizeText } from './limits.ts';
export {
  type LoadCollection,
  type LoadDocument,
  type LoadRecord,
  loadCollections,
  loadSchema,
} from './load.ts';
export { exampleError, openapi } from './openapi.ts';
export {
  type Access,
  commonErrors,
  type Operation,
  type OperatorOperation,
  type Role,
  roles,
} from './operation.ts';
export {
  type OperatorOperationName,
  type OperatorOperations,
  operatorOperations,
} from './operator/index.ts';
export { type StaffMember, staffMember } from './operator/staffMember.ts';
