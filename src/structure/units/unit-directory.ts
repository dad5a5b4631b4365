import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CachedReference } from '../../platform/database/cached-reference.js';
import { type Unit, UnitStructure } from '../../rules/structure/unit-structure.js';

/** All units in memory: some fifteen thousand small rows that nearly every request looks at. */
@Injectable()
export class UnitDirectory implements OnModuleInit, OnModuleDestroy {
  private readonly cache = new CachedReference('units', readStructure);

  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): Promise<void> {
    return this.cache.start(this.dataSource.manager);
  }

  onModuleDestroy(): void {
    this.cache.stop();
  }

  get structure(): UnitStructure {
    return this.cache.current;
  }

  /** The structure as the transaction sees it. */
  upToDate(tx: EntityManager): Promise<UnitStructure> {
    return this.cache.upToDate(tx);
  }
}

async function readStructure(manager: EntityManager): Promise<UnitStructure> {
  const units = await manager.query<Unit[]>(`
    select unit.id, unit.code, unit.symbol, unit.name, unit.level, unit.kind, unit.parent_id as "parentId",
           unit.valid_from as "validFrom", unit.valid_to as "validTo", coalesce(succession.successors, '[]') as successors
    from unit
    left join (
      select predecessor_id, jsonb_agg(jsonb_build_object('unitId', successor_id, 'portion', portion, 'on', succeeded_on) order by portion desc, successor_id) as successors
      from unit_succession group by predecessor_id
    ) succession on succession.predecessor_id = unit.id
    order by unit.code collate "C", unit.valid_from, unit.id`);
  return new UnitStructure(units);
}
