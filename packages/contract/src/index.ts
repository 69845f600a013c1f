export {
  type ClientOperationName,
  type ClientOperations,
  clientOperations,
} from './client/index.ts';
export { type Contact, contact, exampleContact, examplePulledContact } from './contact.ts';
export { type ErrorCode, errors } from './errors.ts';
export { API_VERSION, commonHeaders, type ResponseHeader, responseHeaders } from './headers.ts';
export { frenchIntakeReasons } from './intake/frenchReasons.ts';
export {
  exampleLead,
  type LeadAnswer,
  leadAnswer,
  leadHeaders,
  leadRequest,
} from './intake/lead.ts';
export { type IntakeReason, intakeReasons } from './intake/reasons.ts';
export { daysText, limits, sizeText } from './limits.ts';
export {
  type LoadCollection,
  type LoadDocument,
  type LoadRecord,
  loadCollections,
  loadSchema,
} from './load.ts';
export { fewMarks } from './marks.ts';
export { exampleError, openapi } from './openapi.ts';
export {
  type Access,
  commonErrors,
  type Operation,
  type OperatorOperation,
  type Role,
  roles,
} from './operation.ts';
export { type DesignationList, designationLists } from './operator/designations.ts';
export { type ExportColumn, exportColumns } from './operator/exportColumns.ts';
export { columnUses } from './operator/importFile.ts';
export {
  type OperatorOperationName,
  type OperatorOperations,
  operatorOperations,
} from './operator/index.ts';
export { type Job, type JobCount, job, jobKinds } from './operator/job.ts';
export { type KeySummary, keySummary } from './operator/keySummary.ts';
export { COMMENTAIRE_SHOWN, type ListedContact, listedContact } from './operator/listedContact.ts';
export { type ListedImport, listedImport } from './operator/listedImport.ts';
export { type ListedPull, listedPull, pullStates } from './operator/listedPull.ts';
export { MOST_COUNTED } from './operator/paging.ts';
export { isSearchable } from './operator/searchContacts.ts';
export { plainName } from './operator/sourceRules.ts';
export { type StaffMember, staffMember } from './operator/staffMember.ts';
export {
  FILE_HOURS,
  MOST_FILE_BYTES,
  type UploadedFile,
  uploadedFile,
} from './operator/storedFile.ts';
export { type TimelineEvent, timelineEvent } from './operator/timeline.ts';
export { type Scenario, scenarios } from './scenarios.ts';
