import { startView } from '../shared/start-view.ts';
import { drawTicket } from './draw.ts';
import { storySchema } from './story.ts';
import './ticket.css';

void startView({ tool: 'get_ticket', schema: storySchema, draw: drawTicket });
