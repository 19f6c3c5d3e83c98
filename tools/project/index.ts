import type { ToolDefinition } from '../../src/tool/index.ts';
import addProjectNote from './add-project-note.ts';
import createProject from './create-project.ts';
import getProject from './get-project.ts';
import saveProjectPhase from './save-project-phase.ts';
import searchProjects from './search-projects.ts';
import setProjectTeam from './set-project-team.ts';
import updateProject from './update-project.ts';

/** Projects with phases, tickets, team, notes, and budget against actual. */
export const project: readonly ToolDefinition[] = [
  searchProjects,
  getProject,
  createProject,
  updateProject,
  saveProjectPhase,
  setProjectTeam,
  addProjectNote,
];
