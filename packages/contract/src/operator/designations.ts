import { z } from 'zod';

/** The lists of designations that each agency has of its own, named as in the load format. */
export const designationLists = ['statuts', 'origines', 'types_contact', 'types_action'] as const;
export type DesignationList = (typeof designationLists)[number];

export const list = z
  .enum(designationLists, `must be one of ${designationLists.join(', ')}`)
  .describe('Which list.');
