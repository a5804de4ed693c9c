import { Argument, type Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';

/** The shells that `completion` speaks to. */
const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** `completion SHELL`: a script by which a shell completes commands, options and their words. */
export function completionCommand(program: Command, { stdout }: Surroundings): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', '\nbash: source <(cryowatch completion bash), in ~/.bashrc\n')
    .action(async (shell: Shell) => {
      const { completedCommands } = await import('../output/completion-words.ts');
      const commands = completedCommands(program);
      if (shell === 'fish') {
        const { fishCompletion } = await import('../output/completion-fish.ts');
        await stdout.write(fishCompletion(commands));
        return;
      }
      const { bashCompletion } = await import('../output/completion-bash.ts');
      // zsh understands scripts for bash once it is told to.
      const opening = shell === 'zsh' ? 'autoload -U +X bashcompinit && bashcompinit\n' : '';
      await stdout.write(`${opening}${bashCompletion(commands)}`);
    });
}
