import type { StaffMember } from '@relais/contract';
import type { ListedJob } from '../store/jobList.ts';

/** A job in the contract's shape, for somebody who looks at it. */
export function presentJob(
  job: ListedJob,
  names: ReadonlyMap<string, string>,
  viewer: { readonly staff: StaffMember; readonly actor: string },
) {
  const { id, cancelled, put_off, file_id, file_nom, file_bytes, file_expires_at, ...rest } = job;
  const live = job.state === 'queued' || job.state === 'running';
  const state = put_off ? 'queued' : job.state;
  // An undo is one transaction: once it has begun, nobody can stop it.
  const stoppable = live && !cancelled && !(job.kind === 'undo' && state === 'running');
  const whole = !live && file_id !== null && file_nom !== null && file_bytes !== null;
  return {
    job_id: id,
    ...rest,
    state,
    // An export that began anew may have found fewer.
    done: Math.min(job.done, job.total ?? job.done),
    created_by_nom: names.get(job.created_by) ?? null,
    file:
      whole && file_expires_at
        ? { file_id, nom: file_nom, bytes: file_bytes, expires_at: file_expires_at }
        : null,
    stopping: live && cancelled,
    cancellable: stoppable && mayCancel(job, viewer),
  };
}

/** Whether somebody may cancel a job: their own, and an admin all. */
export const mayCancel = (
  job: Pick<ListedJob, 'created_by'>,
  { staff, actor }: { readonly staff: StaffMember; readonly actor: string },
): boolean => staff.role === 'admin' || job.created_by === actor;
