import type { OperatorOperationName } from '@relais/contract';
import type { OperatorHandler } from '../operatorCall.ts';
import { acceptInvitation } from './acceptInvitation.ts';
import { beginTwoFactor } from './beginTwoFactor.ts';
import { cancelJob } from './cancelJob.ts';
import { changePassword } from './changePassword.ts';
import { changeStatut } from './changeStatut.ts';
import { changeStatuts } from './changeStatuts.ts';
import { confirmSignIn } from './confirmSignIn.ts';
import { confirmTwoFactor } from './confirmTwoFactor.ts';
import { correctProspect } from './correctProspect.ts';
import { createClient } from './createClient.ts';
import { createKey } from './createKey.ts';
import { createSource } from './createSource.ts';
import { deleteDesignation } from './deleteDesignation.ts';
import { deleteProgramme } from './deleteProgramme.ts';
import { deleteRegion } from './deleteRegion.ts';
import { discardLead } from './discardLead.ts';
import { endSession } from './endSession.ts';
import { endTwoFactor } from './endTwoFactor.ts';
import { eraseProspect } from './eraseProspect.ts';
import { exportContacts } from './exportContacts.ts';
import { getImport } from './getImport.ts';
import { getJob } from './getJob.ts';
import { getLead } from './getLead.ts';
import { getProspect } from './getProspect.ts';
import { getPull } from './getPull.ts';
import { getSession } from './getSession.ts';
import { getSource } from './getSource.ts';
import { getToday } from './getToday.ts';
import { inviteStaff } from './inviteStaff.ts';
import { listAudit } from './listAudit.ts';
import { listClients } from './listClients.ts';
import { listDesignations } from './listDesignations.ts';
import { listFilters } from './listFilters.ts';
import { listImports } from './listImports.ts';
import { listJobs } from './listJobs.ts';
import { listKeys } from './listKeys.ts';
import { listProgrammes } from './listProgrammes.ts';
import { listPulls } from './listPulls.ts';
import { listQuarantine } from './listQuarantine.ts';
import { listRecentLeads } from './listRecentLeads.ts';
import { listRegions } from './listRegions.ts';
import { listSessions } from './listSessions.ts';
import { listSources } from './listSources.ts';
import { listStaff } from './listStaff.ts';
import { mapProgrammes } from './mapProgrammes.ts';
import { moveProgramme } from './moveProgramme.ts';
import { pauseSource } from './pauseSource.ts';
import { previewImport } from './previewImport.ts';
import { readInvitation } from './readInvitation.ts';
import { releaseLead } from './releaseLead.ts';
import { releaseLeads } from './releaseLeads.ts';
import { releasePull } from './releasePull.ts';
import { renameClient } from './renameClient.ts';
import { renewInvitation } from './renewInvitation.ts';
import { revokeKey } from './revokeKey.ts';
import { rotateKey } from './rotateKey.ts';
import { rotateSourceToken } from './rotateSourceToken.ts';
import { saveDesignation } from './saveDesignation.ts';
import { saveProgramme } from './saveProgramme.ts';
import { saveRegion } from './saveRegion.ts';
import { searchContacts } from './searchContacts.ts';
import { setMetaSecrets } from './setMetaSecrets.ts';
import { signIn } from './signIn.ts';
import { signOut } from './signOut.ts';
import { startImport } from './startImport.ts';
import { tryKey } from './tryKey.ts';
import { undoImport } from './undoImport.ts';
import { updateKey } from './updateKey.ts';
import { updateSource } from './updateSource.ts';
import { updateStaff } from './updateStaff.ts';

/** The code of each operation of the console. */
export const operatorHandlers: { readonly [Name in OperatorOperationName]: OperatorHandler<Name> } =
  {
    getSession,

    getToday,
    listFilters,

    changeStatut,
    correctProspect,
    getProspect,
    searchContacts,

    getPull,
    listPulls,
    releasePull,

    acceptInvitation,
    confirmSignIn,
    readInvitation,
    signIn,
    signOut,

    beginTwoFactor,
    changePassword,
    confirmTwoFactor,
    endSession,
    endTwoFactor,
    listSessions,

    inviteStaff,
    listStaff,
    renewInvitation,
    updateStaff,

    createClient,
    listClients,
    renameClient,

    createKey,
    listKeys,
    revokeKey,
    rotateKey,
    tryKey,
    updateKey,

    deleteDesignation,
    deleteProgramme,
    deleteRegion,
    listDesignations,
    listProgrammes,
    listRegions,
    moveProgramme,
    saveDesignation,
    saveProgramme,
    saveRegion,

    createSource,
    getSource,
    listRecentLeads,
    listSources,
    mapProgrammes,
    pauseSource,
    rotateSourceToken,
    setMetaSecrets,
    updateSource,

    discardLead,
    getLead,
    listQuarantine,
    releaseLead,
    releaseLeads,

    getImport,
    listImports,
    previewImport,
    startImport,
    undoImport,

    cancelJob,
    changeStatuts,
    eraseProspect,
    exportContacts,
    getJob,
    listJobs,

    listAudit,
  };
