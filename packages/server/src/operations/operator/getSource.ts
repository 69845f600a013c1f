import type { OperatorHandler } from '../operatorCall.ts';
import { presentSource } from '../presentSource.ts';

export const getSource: OperatorHandler<'getSource'> = (call, { nom }) => presentSource(call, nom);
