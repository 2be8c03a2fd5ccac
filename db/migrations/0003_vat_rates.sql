-- НК РФ ст. 164: 20 % to 2025-12-31, 22 % from 2026-01-01; 5 % and 7 % under УСН. More dates come as rows.
insert into vat_rates (code, valid_from, percent) values
  ('standard', '2004-01-01', 18),
  ('standard', '2019-01-01', 20),
  ('standard', '2026-01-01', 22),
  ('usn5', '2025-01-01', 5),
  ('usn7', '2025-01-01', 7),
  ('none', '1992-01-01', 0);
