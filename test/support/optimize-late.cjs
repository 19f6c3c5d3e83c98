// Code is compiled to the machine's own only where it runs for long: the work of compiling costs short programs a quarter of their time.
// Node takes flags of the engine from NODE_OPTIONS only by a file that sets them.
require('node:v8').setFlagsFromString('--interrupt-budget=1000000');
