// Units: organisation units in time, who is above whom on a day, imports of whole structures, and what a caller may see of them.
import { Global, Module } from '@nestjs/common';
import { AccessScope } from './access-scope.js';
import { UnitImportService } from './import/unit-import.service.js';
import { UnitDirectory } from './unit-directory.js';
import { UnitResponsibility } from './unit-responsibility.js';
import { UnitsBelow } from './units-below.js';
import { UnitsController } from './units.controller.js';
import { UnitsService } from './units.service.js';

@Global()
@Module({
  controllers: [UnitsController],
  providers: [UnitDirectory, UnitsService, UnitImportService, AccessScope, UnitResponsibility, UnitsBelow],
  exports: [UnitDirectory, UnitsService, UnitImportService, AccessScope, UnitResponsibility, UnitsBelow],
})
export class UnitsModule {}
