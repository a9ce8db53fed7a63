-- Mandatory. Safe to re-run: what is forgotten is counted again.
-- Visits that are planned may be made in any year, also after that of their last day, and are counted apart from those of a year: all are counted anew.

DELETE FROM last_check;
DELETE FROM visit_count;
UPDATE checks_counted SET up_to = 0;
