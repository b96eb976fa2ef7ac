#ifndef NEUROMAPS_REPORT_ASSETS_H
#define NEUROMAPS_REPORT_ASSETS_H

#include <stddef.h>

/// The bytes of report.css, embedded when this was compiled; they live as long as the program.
const unsigned char *neuromaps_report_style(ptrdiff_t *count);

/// The same of report.js.
const unsigned char *neuromaps_report_script(ptrdiff_t *count);

#endif
