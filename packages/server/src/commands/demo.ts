import type { Command } from 'commander';
import { type ListenOptions, parseHost, parsePort } from './serve.ts';

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('run the server on invented French data, with leads that come in and a key')
    .option('-p, --port <port>', 'port to listen on (RELAIS_PORT, 8080)', parsePort)
    .option('--host <address>', 'address to listen on (RELAIS_HOST, 127.0.0.1)', parseHost)
    .option('--still', 'let no leads come in and no client pull')
    .addHelpText('after', '\nExample:\n  relais demo --port 8080')
    .action(async ({ still = false, ...options }: ListenOptions & { still?: boolean }) => {
      // As of `serve`: what it needs is read when it is run.
      const { runDemo } = await import('./runDemo.ts');
      await runDemo(options, still);
    });
}
