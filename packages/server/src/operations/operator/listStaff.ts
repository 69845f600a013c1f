import { listStaff as everybody } from '../../store/staff.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const listStaff: OperatorHandler<'listStaff'> = async ({ context }) => ({
  items: await everybody(context.databases.catalog),
});
