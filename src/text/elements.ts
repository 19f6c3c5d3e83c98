const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What HTML calls an element, obsolete ones and Outlook's paragraph included. Anything else in `< >` is text: `List<string>`, XML. */
export const ELEMENTS = words(`
  a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button
  canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
  figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins
  isindex kbd keygen label layer legend li link listing main map mark marquee math menu menuitem meta meter nav nobr noembed
  noframes noscript o:p object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script
  search section select slot small source spacer span strike strong style sub summary sup svg table tbody td template textarea
  tfoot th thead time title tr track tt u ul var video wbr xmp`);

/** Elements that HTML lets stand without an end, or that mail programs leave open. Any other one without an end is a word that people wrote. */
export const OPEN = words(`
  area base basefont bgsound body br center col colgroup dd div dl dt embed font frame frameset h1 h2 h3 h4 h5 h6 head hr html image
  img input isindex li link menuitem meta nobr o:p ol optgroup option p param plaintext pre rp rt source spacer span table tbody td
  tfoot th thead tr track ul wbr`);

/** Elements whose content nobody sees. */
export const UNSEEN = words('head script style title');

/** Elements whose end ends a line. */
export const LINES = words('br div h1 h2 h3 h4 h5 h6 li p tr');

/** Elements that begin on a line of their own. */
export const BLOCKS = words('blockquote dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody tfoot thead tr ul');

/** Elements that stand apart on a line. */
export const CELLS = words('td th');

/** Words by which conversations with models are framed. Text from outside cannot open or close such a frame. */
export const FRAMES = words(`
  assistant function_call function_calls function_result function_results human invoke parameter result system
  system-reminder tool_call tool_calls tool_response tool_result tool_results tool_use`);
