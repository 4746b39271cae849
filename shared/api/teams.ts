import type { Agent, TeamName } from './tickets';

export type { TeamName };

/** Administrators who take care of the same tickets. */
export interface Team extends TeamName {
  agents: Agent[];
}

export type TeamInput = Pick<Team, 'name' | 'colour'> & {
  /** The ids of administrators. */
  agents: number[];
};
