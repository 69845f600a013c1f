export { frenchIntakeReasons as reasons } from '@relais/contract';
